/** Text as it is compared: full-width digits and signs made plain, one space where there were several. */
export const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, ' ').trim();
