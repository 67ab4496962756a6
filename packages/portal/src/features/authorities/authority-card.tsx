import { Anchor, Button, Group, Stack, Text, Title, Tooltip } from '@mantine/core'
import type { Authority } from '@scel/contract/values'
import { IconDownload } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { fileNameOf, saveFile } from '../../lib/files/index.ts'
import { keyName, useDates, useText } from '../../lib/languages/index.ts'
import { CopyHex, CopyName } from '../../lib/parts/index.ts'
import { Facts, Tag } from '../../ui/index.ts'
import { crlState, derOf } from './model.ts'

const CRL_TONES = { none: 'neutral', current: 'good', late: 'bad' } as const
const CRL_WORDS = {
  none: 'authorities.crlNone',
  current: 'authorities.crlCurrent',
  late: 'authorities.crlLate',
} as const

/** One authority: how to recognise it, what it has issued, and the state of its revocation list. */
export function AuthorityCard({ authority }: { authority: Authority }): ReactNode {
  const text = useText()
  const dates = useDates()
  return (
    <Stack gap="md">
      <Group justify="space-between" align="center" gap="xs">
        <Group gap="sm">
          <Title order={2}>{authority.name}</Title>
          <Tag tone={authority.purpose === 'root' ? 'accent' : 'neutral'}>
            {text(`authorities.purpose.${authority.purpose}`)}
          </Tag>
        </Group>
        <Downloads authority={authority} />
      </Group>
      <Facts
        facts={[
          { name: text('authorities.fingerprint'), value: <CopyHex value={authority.fingerprint} /> },
          { name: text('authorities.subject'), value: <CopyName value={authority.subject} /> },
          { name: text('authorities.key'), value: keyName(text, authority.key) },
          {
            name: text('authorities.valid'),
            value: text('authorities.validText', {
              from: dates.date(authority.notBefore),
              until: dates.date(authority.notAfter),
            }),
          },
          {
            name: text('authorities.issued'),
            value: authority.issued === undefined ? null : text('authorities.issuedText', { count: authority.issued }),
          },
          { name: text('authorities.crl'), value: <CrlFact crl={authority.crl} /> },
          { name: text('authorities.ocsp'), value: authority.ocsp ? <OcspFact ocsp={authority.ocsp} /> : null },
        ]}
      />
    </Stack>
  )
}

function CrlFact({ crl }: { crl: Authority['crl'] }): ReactNode {
  const text = useText()
  const dates = useDates()
  const state = crlState(crl, Date.now())
  return (
    <Stack gap={4} align="flex-start">
      <Tag tone={CRL_TONES[state]}>{text(CRL_WORDS[state])}</Tag>
      {crl ? (
        <>
          <span>{text('authorities.crlText', { number: crl.number, entries: crl.entries })}</span>
          <Text size="xs" c="dimmed">
            {text('authorities.crlNext', { this: dates.moment(crl.thisUpdate), next: dates.moment(crl.nextUpdate) })}
          </Text>
          <Tooltip label={text('authorities.download.crlTooltip')}>
            <Anchor href={crl.address} size="sm">
              {crl.address}
            </Anchor>
          </Tooltip>
        </>
      ) : null}
    </Stack>
  )
}

function OcspFact({ ocsp }: { ocsp: NonNullable<Authority['ocsp']> }): ReactNode {
  const text = useText()
  const dates = useDates()
  return (
    <Stack gap={2}>
      <span>{ocsp.address}</span>
      {ocsp.responderUntil ? (
        <Text size="xs" c="dimmed">
          {text('authorities.ocspUntil', { date: dates.date(ocsp.responderUntil) })}
        </Text>
      ) : null}
    </Stack>
  )
}

function Downloads({ authority }: { authority: Authority }): ReactNode {
  const text = useText()
  const name = fileNameOf(authority.name)
  return (
    <Group gap={6}>
      <Tooltip label={text('authorities.download.pemTooltip')}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          aria-label={`${text('authorities.download.pem')} · ${authority.name}`}
          onClick={() => saveFile(`${name}.pem`, authority.pem, 'application/x-pem-file')}
        >
          {text('authorities.download.pem')}
        </Button>
      </Tooltip>
      <Tooltip label={text('authorities.download.cerTooltip')}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          aria-label={`${text('authorities.download.cer')} · ${authority.name}`}
          onClick={() => saveFile(`${name}.cer`, derOf(authority.pem), 'application/pkix-cert')}
        >
          {text('authorities.download.cer')}
        </Button>
      </Tooltip>
    </Group>
  )
}
