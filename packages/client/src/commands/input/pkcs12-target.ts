import { PKCS12_TARGETS, type Pkcs12Kind, pkcs12KindFor } from '@scel/pki/pkcs12'

/** Programs and devices that a .p12 file can be made for. */
export const TARGETS: readonly string[] = PKCS12_TARGETS

/** How the file is written for one of them; for today's programs when none is named. */
export function kindFor(target: string | undefined): Pkcs12Kind {
  const known = PKCS12_TARGETS.find((one) => one === target)
  return known === undefined ? 'modern' : pkcs12KindFor(known)
}
