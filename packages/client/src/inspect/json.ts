// The values of the library as JSON has them: bytes in hexadecimal, instants in ISO 8601, names as text.

import { toHex } from '@scel/pki/bytes'
import { isPkiError } from '@scel/pki/errors'
import { formatName, type GeneralName, type Name } from '@scel/pki/x509'
import { generalNameText } from './common.ts'

/** A value of plain objects, arrays, texts, numbers and booleans. */
export function jsonOf(value: unknown): unknown {
  if (value instanceof Uint8Array) return toHex(value)
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'bigint') return String(value)
  if (isPkiError(value)) return { code: value.code, facts: value.facts }
  if (Array.isArray(value)) return value.map(jsonOf)
  if (typeof value !== 'object' || value === null) return value
  if (isName(value)) return formatName(value, 'rfc4514')
  if (isGeneralName(value)) return generalNameText(value)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, jsonOf(inner)]))
}

const isName = (value: object): value is Name => 'rdns' in value && 'der' in value
const isGeneralName = (value: object): value is GeneralName =>
  'kind' in value &&
  GENERAL_NAMES.has(value.kind) &&
  ('value' in value || 'name' in value || 'oid' in value || 'der' in value)

const GENERAL_NAMES: ReadonlySet<unknown> = new Set<GeneralName['kind']>([
  'dNSName',
  'rfc822Name',
  'uri',
  'iPAddress',
  'directoryName',
  'otherName',
  'registeredID',
  'unread',
])
