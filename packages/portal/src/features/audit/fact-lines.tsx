import type { AuditEvent } from '@scel/contract/values'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { profilesQuery } from '../../lib/desk/index.ts'
import { useText, useTitle, When } from '../../lib/languages/index.ts'
import classes from './fact-lines.module.css'
import { factWords } from './fact-words.ts'
import { knownFact } from './model.ts'

/** What an event says beyond who, what and when. */
export function FactLines({ facts, erased }: { facts: AuditEvent['facts']; erased: readonly string[] }): ReactNode {
  const text = useText()
  const title = useTitle()
  const { data: profiles = [] } = useQuery({ ...profilesQuery, enabled: 'profile' in facts })
  const speech = { text, title, profiles }
  if (Object.keys(facts).length + erased.length === 0) return null
  return (
    <ul className={classes.facts}>
      {Object.entries(facts).map(([name, value]) => {
        const fact = knownFact(name)
        return (
          <li key={name}>
            <span>{fact ? text(`audit.fact.${fact}`) : name}</span>{' '}
            {fact === 'seen' ? (
              <When at={String(value)} />
            ) : (
              <FactValue coded={fact === 'code'} value={fact ? factWords(speech, fact, value) : String(value)} />
            )}
          </li>
        )
      })}
      {erased.map((name) => {
        const fact = knownFact(name)
        return (
          <li key={name}>
            <span>{fact ? text(`audit.fact.${fact}`) : name}</span> <em>{text('app.erased')}</em>
          </li>
        )
      })}
    </ul>
  )
}

/** Long hexadecimal (serial numbers, fingerprints) is cut to what tells it apart; the title has the whole. */
function FactValue({ value, coded }: { value: string; coded: boolean }): ReactNode {
  if (/^[0-9a-f]{20,}$/.test(value)) return <code title={value}>{value.slice(0, 16)}…</code>
  return coded ? <code>{value}</code> : value
}
