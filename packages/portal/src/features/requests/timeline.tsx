import { Text } from '@mantine/core'
import { REVOCATION_REASONS, type RequestDetail, type RequestStep } from '@scel/contract/values'
import type { ReactNode } from 'react'
import { type Text as Say, told, useText, When } from '../../lib/languages/index.ts'
import { PageLink } from '../../lib/parts/index.ts'
import { STEP_TONES } from './model.ts'
import classes from './timeline.module.css'

/** The life of a request, first step first: what, when, by whom, from where, why. */
export function RequestTimeline({ request }: { request: RequestDetail }): ReactNode {
  const text = useText()
  return (
    <ol className={classes.line}>
      {request.steps.map((step, position) => (
        <li
          key={`${step.kind} ${step.at}`}
          data-tone={STEP_TONES[step.kind]}
          data-last={position === request.steps.length - 1 || undefined}
        >
          <span className={classes.what}>{text(`request.step.${step.kind}`)}</span>
          <Text size="xs" c="dimmed">
            <When at={step.at} />
          </Text>
          <Text size="xs" c="dimmed">
            {step.beforehand ? (
              text('request.beforehand', { name: told(text, step.actor.name) })
            ) : (
              <Actor actor={step.actor} />
            )}
          </Text>
          {step.reason === undefined ? null : <blockquote>{reasonIn(text, step.reason)}</blockquote>}
          {step.kind === 'issued' && request.certificate ? (
            <PageLink to="/certificates/$id" params={{ id: request.certificate.id }} size="sm">
              {text('request.certificateLink', { serial: `${request.certificate.serial.slice(0, 8)}…` })}
            </PageLink>
          ) : null}
        </li>
      ))}
    </ol>
  )
}

/** A rejection has its reason in words, a revocation the name that RFC 5280 gives it, or that nothing was signed. */
function reasonIn(text: Say, reason: string): string {
  if (reason === 'keyOfAnother') return text('audit.reason.keyOfAnother')
  if (reason === 'nameOfDesk') return text('audit.reason.nameOfDesk')
  const known = REVOCATION_REASONS.find((name) => name === reason)
  return known ? text(`reason.${known}`) : told(text, reason)
}

function Actor({ actor }: { actor: RequestStep['actor'] }): ReactNode {
  const text = useText()
  const name =
    actor.kind === 'person'
      ? told(text, actor.name)
      : actor.kind === 'desk'
        ? text('request.actor.desk')
        : text('request.actor.applicant')
  return actor.from ? text('request.byFrom', { name, from: actor.from }) : name
}
