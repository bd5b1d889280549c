import { type CountryCode, getCountries, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { ShownText } from '../people/personal.ts';

/** A country as ISO 3166 names it: whose numbers are written without a country code. */
export type Region = CountryCode;

/** A telephone number: E.164, and the extension behind it where there is one. */
export interface Phone {
  e164: string;
  extension?: string | undefined;
}

const DEFAULT_REGION: Region = 'CN';

/** Where a site is, by its time zone, and China where the zone is no country's. */
export const regionOf = (zone: string): Region => {
  const known = regions.get(zone);
  if (known) return known;
  const region = getCountries().find((country) => zonesOf(country).includes(zone)) ?? DEFAULT_REGION;
  regions.set(zone, region);
  return region;
};
const regions = new Map<string, Region>();

/** Runtimes name it either way; TypeScript knows neither yet. */
const zonesOf = (country: Region): readonly string[] => {
  const locale = new Intl.Locale('und', { region: country }) as { getTimeZones?(): string[]; timeZones?: string[] };
  return locale.getTimeZones?.() ?? locale.timeZones ?? [];
};

/** What stands between a number and its extension, in either language; `转` as in `010-6123 4567转801`. */
const EXTENSION =
  /^(.*?)\s*(?:转接?|轉接?|分机号?|分機號?|内线|內線|extension|ext\.?|x|#|;ext=)\s*[:：]?\s*(\d{1,7})$/i;
/** `0571-88888888-801`: how a sheet writes it; only of a landline, whose number ends before it. */
const DASHED = /^(.*\d{4})-(\d{1,6})$/;
/** Signs of a number alone: neither a list (`/`), nor a decimal (`13800000001.0`), nor words. */
const NUMBER = /^\+?[\d\s().-]+$/;
const DECIMAL = /^\D*\d+\.\d{0,2}\D*$/;

/**
 * Reads a telephone number as people write it: `138 0000 0001`, `+86…`, `86…`, `0086…`, `010-6123 4567转801`, in
 * full-width digits too. `undefined` for whatever isn't one, as libphonenumber knows the world's numbers: no digit is ever
 * left out to make one. Without an area code a landline isn't a number.
 */
export const parsePhone = (text: string, region: Region): Phone | undefined => {
  const plain = text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Pd}/gu, '-')
    .trim();
  const [, before = plain, extension] = EXTENSION.exec(plain) ?? [];
  const number = numberIn(before, region);
  if (number) return extension === undefined ? { e164: number.number } : { e164: number.number, extension };
  const [, main, behind] = (extension === undefined && DASHED.exec(plain)) || [];
  const landline = main === undefined ? undefined : numberIn(main, region);
  return landline?.getType() === 'FIXED_LINE' ? { e164: landline.number, extension: behind } : undefined;
};

const numberIn = (text: string, region: Region) => {
  const plain = text.replace(/^\(\s*(\+\s*\d{1,3})\s*\)/, '$1 ').replace(/^00/, '+');
  if (!NUMBER.test(plain) || DECIMAL.test(plain)) return undefined;
  const number = parsePhoneNumberFromString(plain, { defaultCountry: region, extract: false });
  if (!number?.isValid() || number.ext !== undefined) return undefined;
  // `17951 138…`: a prefix that chooses a carrier would be left out; it may as well be another number mistyped.
  if (number.carrierCode !== undefined) return undefined;
  // `2010010` is a number of some town, not 10010 of area 20: what is that short is told by the 0 before its area code.
  const unclear = number.country === 'CN' && number.nationalNumber.length < 10 && !/^\(?[+0]/.test(plain);
  return unclear ? undefined : number;
};

/** A number as it is kept and compared (RFC 3966 without its scheme): `+8657188888888;ext=801`. */
export const phoneText = ({ e164, extension }: Phone): string =>
  extension === undefined ? e164 : `${e164};ext=${extension}`;

/** The other way round. */
export const phoneOf = (text: string): Phone => {
  const [e164 = '', extension] = text.split(';ext=');
  return extension === undefined ? { e164 } : { e164, extension };
};

/** As people at the site write it: national where it is theirs, else international; `parsePhone` reads it back. */
export const showPhone = ({ e164, extension }: Phone, region: Region): string => {
  const number = parsePhoneNumberFromString(e164);
  if (!number) return phoneText({ e164, extension });
  const shown = number.country === region ? number.formatNational() : number.formatInternational();
  if (extension === undefined) return shown;
  return shown + (WRITE_ZHUAN.has(number.country ?? region) ? `转${extension}` : ` ext. ${extension}`);
};
const WRITE_ZHUAN: ReadonlySet<Region> = new Set(['CN', 'HK', 'MO', 'TW']);

/** What is kept of a number as somebody wrote it, and how it is shown at the site; `undefined` for what isn't one. */
export const keptPhone = (text: string, region: Region): ShownText | undefined => {
  const phone = parsePhone(text, region);
  return phone && { value: phoneText(phone), shown: showPhone(phone, region) };
};
