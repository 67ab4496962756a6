import { type ErrorCode, FINDING_SENTENCES, SENTENCES } from '@scel/contract/errors'
import type { FindingCode } from '@scel/contract/values'
import type { RequestFinding } from '@scel/files/request'
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { fill, languageNow, useDates, useText } from '../../lib/languages/index.ts'
import classes from './findings.module.css'

const ICONS = {
  refused: IconCircleX,
  good: IconCircleCheck,
  notice: IconInfoCircle,
  warning: IconAlertTriangle,
} as const
const WEIGHT = { refused: 0, warning: 1, notice: 2, good: 3 } as const

/** What a profile makes of a request, in words, before anything is sent: what would have it refused comes first. */
export function Judged({ findings }: { findings: readonly RequestFinding[] }): ReactNode {
  const text = useText()
  const dates = useDates()
  const language = languageNow()
  const sorted = [...findings].sort((one, other) => WEIGHT[one.level] - WEIGHT[other.level])
  return (
    <ul className={classes.list} aria-label={text('newRequest.judged')}>
      {sorted.map(({ code, level, facts }) => {
        const Icon = ICONS[level]
        const says =
          level === 'refused'
            ? SENTENCES[language][code as ErrorCode].says
            : FINDING_SENTENCES[language][code as FindingCode]
        return (
          <li key={`${code} ${JSON.stringify(facts)}`} data-level={level}>
            <Icon size={20} role="img" aria-label={text(`newRequest.level.${level}`)} />
            <span>{fill(says, { ...facts }, dates.moment)}</span>
          </li>
        )
      })}
    </ul>
  )
}
