import type { Finding } from '@scel/contract/values'
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useText } from '../../lib/languages/index.ts'
import classes from './findings.module.css'
import { byWeight } from './model.ts'

const ICONS = { good: IconCircleCheck, notice: IconInfoCircle, warning: IconAlertTriangle } as const

/** What the checks found, in the desk's words, what deserves attention first. */
export function Findings({ findings }: { findings: readonly Finding[] }): ReactNode {
  const text = useText()
  return (
    <ul className={classes.list}>
      {byWeight(findings).map((finding) => {
        const Icon = ICONS[finding.level]
        return (
          <li key={`${finding.code} ${finding.says}`} data-level={finding.level}>
            <Icon size={20} role="img" aria-label={text(`request.level.${finding.level}`)} />
            <span>{finding.says}</span>
          </li>
        )
      })}
    </ul>
  )
}
