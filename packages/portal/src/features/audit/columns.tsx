import { Text } from '@mantine/core'
import type { AuditEvent } from '@scel/contract/values'
import type { ReactNode } from 'react'
import { type Text as Say, told, useText, When } from '../../lib/languages/index.ts'
import { type Column, Tag } from '../../ui/index.ts'
import { FactLines } from './fact-lines.tsx'
import { erasedFacts, knownAction, knownPart, knownTarget } from './model.ts'
import classes from './page.module.css'

export function columnsOf(text: Say): readonly Column<AuditEvent>[] {
  return [
    { key: 'number', header: text('audit.number'), still: true, cell: ({ number }) => number },
    {
      key: 'at',
      header: text('audit.at'),
      cell: ({ at }) => (
        <div className={classes.at}>
          <When at={at} />
        </div>
      ),
    },
    {
      key: 'action',
      header: text('audit.action'),
      narrow: 'heading',
      cell: ({ action, outcome, altered }) => (
        <div className={classes.action}>
          {actionIn(text, action, outcome)}
          <code className={classes.code}>{action}</code>
          {altered ? <Text size="xs">{text('audit.alteredText')}</Text> : null}
        </div>
      ),
    },
    {
      key: 'outcome',
      header: text('audit.outcome'),
      narrow: 'corner',
      still: true,
      cell: ({ outcome, altered }) =>
        altered ? (
          <Tag tone="bad">{text('audit.altered')}</Tag>
        ) : (
          <Tag tone={outcome === 'done' ? 'good' : 'bad'}>{text(`audit.outcome.${outcome}`)}</Tag>
        ),
    },
    {
      key: 'actor',
      header: text('audit.actor'),
      cell: ({ actor, erased }) => (
        <div className={classes.who}>
          {erased?.includes('actor.name') ? <Erased /> : actorIn(text, actor)}
          <Small>{actor.from ? text('audit.from', { from: actor.from }) : undefined}</Small>
        </div>
      ),
    },
    {
      key: 'target',
      header: text('audit.target'),
      cell: ({ target, erased }) => (
        <div className={classes.who}>
          {erased?.includes('target.name') ? <Erased /> : target.name || targetIn(text, target)}
          <Small>{target.name || erased?.includes('target.name') ? targetIn(text, target) : undefined}</Small>
        </div>
      ),
    },
    {
      key: 'facts',
      header: text('audit.facts'),
      cell: ({ facts, erased }) => <FactLines facts={facts} erased={erasedFacts(erased)} />,
    },
  ]
}

/** Stands where personal data was, which nobody has any more. */
function Erased(): ReactNode {
  return (
    <Text span c="dimmed" fs="italic">
      {useText()('app.erased')}
    </Text>
  )
}

function Small({ children }: { children: string | undefined }): ReactNode {
  return children ? (
    <Text size="xs" c="dimmed">
      {children}
    </Text>
  ) : null
}

function actionIn(text: Say, action: string, outcome: AuditEvent['outcome']): string | undefined {
  const known = knownAction(action)
  return known && text(`audit.action.${known}`, { outcome })
}

function actorIn(text: Say, { kind, name }: AuditEvent['actor']): string {
  if (kind === 'applicant') return text('audit.actor.applicant', { name: shown(name) })
  if (kind === 'caller' && name === 'unknown') return text('audit.actor.unknown')
  if (kind !== 'desk') return told(text, name)
  const part = knownPart(name)
  return text('audit.actor.desk', { name: part ? text(`audit.desk.${part}`) : name })
}

function targetIn(text: Say, { kind, id }: AuditEvent['target']): string {
  const known = knownTarget(kind)
  return `${known ? text(`audit.target.${known}`) : kind} ${shown(id)}`
}

/** Machines are named by the thumbprint of their key: its beginning tells them apart well enough to the eye. */
const shown = (name: string): string => (/^[0-9a-f]{64}$/.test(name) ? `${name.slice(0, 12)}…` : name)
