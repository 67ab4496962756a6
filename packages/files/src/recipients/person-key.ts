import { mailAddressKey } from '@scel/pki/x509'

/** Tells the people of a directory apart: two may have one name, and each has lines for several certificates. */
export const personKey = (name: string, addresses: readonly string[]): string =>
  [name, ...[...new Set(addresses.map(mailAddressKey))].sort()].join('\n')
