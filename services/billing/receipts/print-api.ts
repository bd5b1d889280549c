import * as z from 'zod';
import { payerOf } from '../../../shared/directory/payer.ts';
import { unitsById } from '../../../shared/directory/units.ts';
import { notFound } from '../../../shared/domain/refusal.ts';
import { type Route, routesFor } from '../../../shared/http/route.ts';
import { bytes, siteParam } from '../../../shared/http/schemas.ts';
import { KNOWS_ACCOUNTS } from '../../../shared/people/positions.ts';
import { type PrintDeps, pdfOf, unitLabel } from '../documents/contract.ts';
import { SERIAL } from './book.ts';
import { paperOf } from './content.ts';
import { type Books, receiptBySerial } from './store.ts';

export interface Deps extends PrintDeps {
  books: Books;
}

export const routes: Route<Deps>[] = [
  routesFor<Deps>()({
    method: 'GET',
    path: '/sites/{site}/receipts/{serial}/pdf',
    summary: "A receipt to print, in the payer's language; a void one says so",
    who: KNOWS_ACCOUNTS,
    personal: true,
    params: z.object({ site: siteParam, serial: z.string().regex(SERIAL) }),
    answer: bytes,
    contentType: 'application/pdf',
    async handle({ params: { site, serial } }, { books, directory, personal, policies, names }) {
      const receipt = await receiptBySerial(books, site, serial);
      if (!receipt) throw notFound(serial);
      const ids = [receipt, ...(receipt.parts ?? [])].map(({ unit }) => unit);
      const [card, units, facts, items] = await Promise.all([
        payerOf(directory, site, receipt.party),
        unitsById(directory, site, ids),
        policies.site(site),
        names(site),
      ]);
      const texts = await personal.read(site, card ? [card.name] : [], 'contract');
      const paper = paperOf(receipt, {
        language: card?.language ?? 'zh-CN',
        payer: card && texts.get(card.name.ref),
        site: facts,
        unit: unitLabel(units.get(receipt.unit), receipt.unit, facts),
        units: new Map(ids.map((id) => [id, unitLabel(units.get(id), id, facts)])),
        names: items,
      });
      return (await pdfOf(paper)).bytes;
    },
  }),
];
