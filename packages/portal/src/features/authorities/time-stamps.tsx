import { Group, Stack, Text } from '@mantine/core'
import type { CertificateSummary } from '@scel/contract/values'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { deskQuery, useMe } from '../../lib/desk/index.ts'
import { useDates, useText } from '../../lib/languages/index.ts'
import { Copy, PageLink, RefusalNote } from '../../lib/parts/index.ts'
import { Facts, Section } from '../../ui/index.ts'
import { stampCertificatesQuery } from './api.ts'

/** The desk's time-stamp service in this environment, and the certificates that its stamps are signed under. */
export function TimeStamps(): ReactNode {
  const text = useText()
  const { environment } = useMe()
  const { data: desk } = useQuery(deskQuery)
  const { data: certificates = [], error } = useQuery(stampCertificatesQuery)
  const service = desk?.timeStamps.find((one) => one.environment === environment)
  if (!service) return null
  return (
    <Section title={text('authorities.stamps')}>
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {text('authorities.stampsLead')}
        </Text>
        <Facts
          facts={[
            { name: text('authorities.stampsAddress'), value: <Copy value={service.address} /> },
            { name: text('authorities.stampsPolicy'), value: <Copy value={service.policy} /> },
            {
              name: text('authorities.stampsCertificate'),
              value: certificates.length > 0 ? <Certificates all={certificates} /> : null,
            },
          ]}
        />
        <RefusalNote error={error} />
      </Stack>
    </Section>
  )
}

/** The newest is in use; those before it are there for the stamps that they signed. */
function Certificates({ all }: { all: readonly CertificateSummary[] }): ReactNode {
  const text = useText()
  const dates = useDates()
  return (
    <Stack gap={4}>
      {all.map(({ id, commonName, issuer, notAfter }) => (
        <Group key={id} gap="xs">
          <PageLink to="/certificates/$id" params={{ id }} size="sm">
            {commonName}
          </PageLink>
          <Text size="xs" c="dimmed">
            {issuer.name} · {text('certificate.until2', { date: dates.date(notAfter) })}
          </Text>
        </Group>
      ))}
    </Stack>
  )
}
