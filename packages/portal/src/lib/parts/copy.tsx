import type { ReactNode } from 'react'
import { CopyText, hexPairs } from '../../ui/index.ts'
import { useText } from '../languages/index.ts'

/** A value to copy, as it is. */
export function Copy({ value, shown }: { value: string; shown?: ReactNode }): ReactNode {
  const text = useText()
  return <CopyText value={value} shown={shown} label={text('do.copy')} done={text('do.copied')} />
}

/** A fingerprint or serial number: read in pairs, copied plain. */
export function CopyHex({ value }: { value: string }): ReactNode {
  return <Copy value={value} shown={hexPairs(value)} />
}
