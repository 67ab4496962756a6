import type { GeneralName } from '@scel/pki/x509'
import { requireMailName } from '../mail-address.ts'

// A request holds the names that its certificate will have as texts. Of which kind each is, the text itself says: a host name is
// never an address, and neither of them holds an at sign.

export type AskedNameKind = 'dns' | 'ip' | 'email'

export function kindOfName(name: string): AskedNameKind {
  if (name.includes('@')) return 'email'
  return name.includes(':') || DOTTED.test(name) ? 'ip' : 'dns'
}

/** As it stands in a certificate. @throws DeskError input_invalid on a mail address that no certificate can hold */
export function askedName(name: string): GeneralName {
  const kind = kindOfName(name)
  if (kind === 'email') return requireMailName(name)
  return { kind: kind === 'ip' ? 'iPAddress' : 'dNSName', value: name }
}

const DOTTED = /^\d{1,3}(\.\d{1,3}){3}$/
