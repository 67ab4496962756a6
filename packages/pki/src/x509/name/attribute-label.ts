// What attribute types are called in the text of names.

import type { AttributeRow, AttributeType } from './attribute-type.ts'
import { ATTRIBUTES, attributeByType } from './attribute-type.ts'

// What people type besides.
const ALIASES: Readonly<Record<string, AttributeType>> = {
  email: 'emailAddress',
  sp: 'stateOrProvinceName',
  // OpenSSL's long name.
  rfc822Mailbox: 'mail',
}

const byLabel = new Map(
  ATTRIBUTES.flatMap(({ type, ldap, openssl, windows = type }): [string, AttributeType][] =>
    [type, ldap, openssl, windows].map((label) => [label.toLowerCase(), type]),
  ).concat(Object.entries(ALIASES).map(([label, type]) => [label.toLowerCase(), type])),
)

/** The type that a label means, in any of the forms that names are printed in; capitals do not matter. */
export function attributeByLabel(label: string): AttributeRow | undefined {
  const type = byLabel.get(label.toLowerCase())
  return type && attributeByType(type)
}
