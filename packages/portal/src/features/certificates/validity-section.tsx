import { Text } from '@mantine/core'
import type { CertificateDetail } from '@scel/contract/values'
import type { ReactNode } from 'react'
import { type Dates, type Text as Say, useDates, useText, When } from '../../lib/languages/index.ts'
import { Section, ValidityBar } from '../../ui/index.ts'
import { type Validity, validityOf } from './model.ts'

/** The time of a certificate as a bar, with the days left and, when revoked, since when and why. */
export function ValiditySection({ certificate }: { certificate: CertificateDetail }): ReactNode {
  const text = useText()
  const dates = useDates()
  const validity = validityOf(certificate, Date.now())
  const state = certificate.status === 'revoked' ? text('certificates.status.revoked') : stateIn(text, validity)
  return (
    <Section
      title={text('certificate.validity')}
      aside={
        <Text fw={600} size="sm">
          {state}
        </Text>
      }
    >
      <ValidityBar
        passed={validity.passed}
        tone={validity.tone}
        from={dates.date(certificate.notBefore)}
        until={dates.date(certificate.notAfter)}
        now={text('certificate.today')}
        label={drawn(text, dates, certificate, state)}
      />
      {certificate.revokedAt ? (
        <Text size="sm" mt="md" c="var(--mantine-color-error)">
          {text('certificate.revokedAt')} · <When at={certificate.revokedAt} />
          {certificate.revocationReason
            ? ` · ${text('certificate.revokedBecause', { reason: text(`reason.${certificate.revocationReason}`) })}`
            : ''}
        </Text>
      ) : null}
      {certificate.compromisedAt ? (
        <Text size="sm" c="var(--mantine-color-error)">
          {text('certificate.compromisedAt')} · <When at={certificate.compromisedAt} />
        </Text>
      ) : null}
    </Section>
  )
}

function stateIn(text: Say, { state }: Validity): string {
  if (state.kind === 'not-yet') return text('certificate.notYet')
  return text(state.kind === 'left' ? 'certificate.left' : 'certificate.expiredSince', { days: state.days })
}

const drawn = (text: Say, dates: Dates, { notBefore, notAfter }: CertificateDetail, state: string): string =>
  text('certificate.validityDrawn', { from: dates.date(notBefore), until: dates.date(notAfter), state })
