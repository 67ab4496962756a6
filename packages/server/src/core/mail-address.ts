import { domainToUnicode } from 'node:url'
import { asciiHost } from './ascii-host.ts'

/**
 * What two spellings of a mail address have in common: capitals, letters that stand for another (`ｅｘａｍｐｌｅ`), the point that ends
 * a name, and whether its domain is written in letters or in A-labels. Wherever addresses are compared, this is what is
 * compared; what people read is what they wrote.
 */
export const addressKey = (email: string): string => withDomain(folded(email), asciiHost)

/** The keys under which an address may stand in a row: before A-labels were compared, it was kept as it was written. */
export const addressKeys = (email: string): readonly string[] => {
  const key = addressKey(email)
  return [...new Set([key, withDomain(key, domainToUnicode), folded(email)])]
}

const folded = (email: string): string => email.normalize('NFKC').toLowerCase().replace(/\.$/, '')

function withDomain(email: string, change: (domain: string) => string): string {
  const at = email.lastIndexOf('@') + 1
  return at === 0 ? email : email.slice(0, at) + (change(email.slice(at)) || email.slice(at))
}
