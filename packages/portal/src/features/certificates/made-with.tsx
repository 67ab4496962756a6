import { Group, Stack, Text } from '@mantine/core'
import { listMadeWith } from '@scel/contract/routes'
import type { CertificateDetail } from '@scel/contract/values'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { call, useMay } from '../../lib/desk/index.ts'
import { told, useText, When } from '../../lib/languages/index.ts'
import { EndStanding, PageLink } from '../../lib/parts/index.ts'
import { Note, Section, Tag } from '../../ui/index.ts'

/** What the holder of a person's certificate made that outlives it: looked through when it was in other hands. */
export function MadeWith({ certificate }: { certificate: CertificateDetail }): ReactNode {
  const text = useText()
  const ends = useMay('end_standing_approvals')
  const { id, may, revocationReason } = certificate
  const found = useQuery({
    queryKey: ['certificate', 'made-with', id],
    queryFn: ({ signal }) => call(listMadeWith, { params: { id } }, signal),
    enabled: may.madeWith,
  })
  const made = found.data
  if (!may.madeWith || !made) return null
  const { kits, people, devices, links, more } = made
  // What an invitation gave stands with whom it invited.
  const grants = made.grants.filter(({ person }) => !people.some(({ id }) => id === person.id))
  if (kits.length + people.length + devices.length + grants.length + links.length === 0) return null
  return (
    <Section title={text('certificate.madeWith')}>
      <Stack gap="md">
        {revocationReason && revocationReason !== 'superseded' ? (
          <Note tone="notice" title={text('certificate.madeWithLook')}>
            {text('certificate.madeWithText')}
          </Note>
        ) : null}
        {kits.map((kit) => (
          <Group key={kit.id} justify="space-between" gap="xs">
            <div>
              <PageLink to="/kits" size="sm">
                {text('certificate.madeKit', { name: kit.name })}
              </PageLink>
              <Text size="xs" c="dimmed">
                {kit.organisation.code} · <When at={kit.createdAt} />
              </Text>
            </div>
            <Group gap="xs">
              {kit.standingApproval ? <Tag tone="accent">{text('kits.standing')}</Tag> : null}
              {kit.standingApproval && kit.open && ends ? <EndStanding id={kit.id} name={kit.name} /> : null}
            </Group>
          </Group>
        ))}
        {people.map((one) => (
          <div key={one.id}>
            <PageLink to="/people/$id" params={{ id: one.id }} size="sm">
              {text('certificate.madePerson', {
                name: told(text, one.name),
                role: one.roles.map((role) => text(`role.${role}`)).join(', ') || text('role.none'),
              })}
            </PageLink>
            <Text size="xs" c="dimmed">
              <When at={one.invitedAt} />
              {one.link ? ` · ${text('certificate.madeLink')}` : null}
            </Text>
          </div>
        ))}
        {grants.map((one) => (
          <div key={one.id}>
            <PageLink to="/people/$id" params={{ id: one.person.id }} size="sm">
              {text('certificate.madeGrant', { name: told(text, one.person.name), role: text(`role.${one.role}`) })}
            </PageLink>
            <Text size="xs" c="dimmed">
              {one.organisation ? `${[one.organisation.code, one.service?.name].filter(Boolean).join(' / ')} · ` : null}
              <When at={one.from} />
              {one.state === 'holds' ? null : ` · ${text(`certificate.madeGrant.${one.state}`)}`}
            </Text>
          </div>
        ))}
        {links.map((one) => (
          <div key={one.credential}>
            <PageLink to="/people/$id" params={{ id: one.person.id }} size="sm">
              {text('certificate.madeOpened', { name: told(text, one.person.name) })}
            </PageLink>
            <Text size="xs" c="dimmed">
              <When at={one.at} />
              {one.open ? null : ` · ${text('certificate.madeDevice.ended')}`}
            </Text>
          </div>
        ))}
        {devices.map((one) => (
          <div key={one.credential}>
            {one.certificate === undefined ? (
              <Text size="sm">{text('certificate.madeDevice', { name: told(text, one.name) })}</Text>
            ) : (
              <PageLink to="/certificates/$id" params={{ id: one.certificate }} size="sm">
                {text('certificate.madeDevice', { name: told(text, one.name) })}
              </PageLink>
            )}
            <Text size="xs" c="dimmed">
              <When at={one.createdAt} />
              {one.open ? null : ` · ${text('certificate.madeDevice.ended')}`}
            </Text>
          </div>
        ))}
        {more ? <Note tone="notice">{text('certificate.madeMore')}</Note> : null}
      </Stack>
    </Section>
  )
}
