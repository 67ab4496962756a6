import { KEY_CHOICES } from '@scel/contract/values'
import type { Text } from './text.ts'

/** A key as people call it: the desk names it by the library's key table, or by kind and size. */
export function keyName(text: Text, key: string | { readonly kind: string; readonly bits: number }): string {
  if (typeof key !== 'string') return text('key.kindAndSize', { kind: key.kind.toUpperCase(), bits: key.bits })
  const known = KEY_CHOICES.find((choice) => choice === key)
  return known ? text(`key.${known}`) : key
}
