/**
 * What two spellings of a mail address have in common: capitals, letters that stand for another (`ｅｘａｍｐｌｅ`), and the point
 * that ends a name. Wherever addresses are compared, this is what is compared; what people read is what they wrote.
 */
export const addressKey = (email: string): string => email.normalize('NFKC').toLowerCase().replace(/\.$/, '')
