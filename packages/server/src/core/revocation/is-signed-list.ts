import { isPkiError } from '@scel/pki/errors'
import { extension, parseCrl, sameName, verifySigned } from '@scel/pki/x509'
import type { Authority } from '../authorities/authority.ts'
import { issuerOf } from '../issuance/issuer.ts'
import type { Instant } from '../world.ts'
import type { Crl } from './crl.ts'

/** Whether an authority signed a list, with what is said of it: number, dates and how many are on it. */
export async function isSignedList(list: Crl, authority: Authority): Promise<boolean> {
  const issuer = issuerOf(authority)
  try {
    const signed = parseCrl(list.der)
    const isAsSaid =
      sameName(signed.issuer, issuer.name) &&
      extension(signed, 'cRLNumber') === BigInt(list.number) &&
      isSecondOf(list.thisUpdate, signed.thisUpdate) &&
      isSecondOf(list.nextUpdate, signed.nextUpdate) &&
      signed.entries.length === list.entries
    return isAsSaid && (await verifySigned(signed, issuer.spki))
  } catch (error) {
    if (isPkiError(error)) return false
    throw error
  }
}

/** Lists are dated in whole seconds. */
const isSecondOf = (instant: Instant, date: Date | undefined): boolean =>
  date !== undefined && Math.floor(Date.parse(instant) / 1_000) * 1_000 === date.getTime()
