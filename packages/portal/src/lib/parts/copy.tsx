import { Fragment, type ReactNode } from 'react'
import { CopyText, HexPairs } from '../../ui/index.ts'
import { useText } from '../languages/index.ts'
import { nameParts } from './name-parts.ts'

/** A value to copy, as it is. */
export function Copy({ value, shown }: { value: string; shown?: ReactNode }): ReactNode {
  const text = useText()
  return <CopyText value={value} shown={shown} label={text('do.copy')} done={text('do.copied')} />
}

/** A fingerprint or serial number: read in pairs, copied plain. */
export function CopyHex({ value }: { value: string }): ReactNode {
  return <Copy value={value} shown={<HexPairs hex={value} />} />
}

/** A distinguished name (RFC 4514): one attribute a line, copied whole. */
export function CopyName({ value }: { value: string }): ReactNode {
  return <Copy value={value} shown={<Lines lines={nameParts(value)} />} />
}

function Lines({ lines }: { lines: readonly string[] }): ReactNode {
  return lines.map((line, at) => (
    <Fragment key={line}>
      {at === 0 ? null : <br />}
      {line}
    </Fragment>
  ))
}
