import { Group, Text } from '@mantine/core'
import { blockApplicant, getKit } from '@scel/contract/routes'
import type { RequestDetail } from '@scel/contract/values'
import { IconHandStop } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { call } from '../../lib/desk/index.ts'
import { told, useDates, useText } from '../../lib/languages/index.ts'
import { Ask, EndStanding, LiftBlock } from '../../lib/parts/index.ts'
import { Note, Section } from '../../ui/index.ts'

/** What stops a computer that is in other hands: its key is blocked, and the kit that approves by itself ended. */
export function ApplicantKey({ request }: { request: RequestDetail }): ReactNode {
  const text = useText()
  const { applicant, blocked, may, origin } = request
  const found = useQuery({
    queryKey: ['kit', 'one', origin.id],
    queryFn: ({ signal }) => call(getKit, { params: { id: origin.id } }, signal),
    enabled: may.block && origin.kind === 'kit',
  })
  if (applicant === undefined || (!may.block && !blocked)) return null
  return (
    <Section title={text('request.stop')}>
      {blocked ? <Blocked blocked={blocked} /> : <Text size="sm">{text('request.stopText')}</Text>}
      {may.block ? (
        <Group gap="xs" mt="md">
          {blocked?.mayLift ? <LiftBlock {...blocked} /> : null}
          {blocked ? null : (
            <Ask
              needs="block_keys"
              label={text('request.block')}
              tooltip={text('request.blockTooltip')}
              icon={<IconHandStop size={16} aria-hidden />}
              title={text('request.blockTitle')}
              text={text('request.blockText')}
              confirm={text('request.block')}
              danger
              reason={text('request.blockReason')}
              act={(reason) => call(blockApplicant, { params: { applicant }, body: { reason } })}
              done={() => text('request.blockDone')}
            />
          )}
          {found.data?.may.endStanding ? <EndStanding id={origin.id} name={origin.name} /> : null}
        </Group>
      ) : null}
    </Section>
  )
}

function Blocked({ blocked }: { blocked: NonNullable<RequestDetail['blocked']> }): ReactNode {
  const text = useText()
  const dates = useDates()
  return (
    <Note tone="bad" title={text('request.blocked', { by: told(text, blocked.by), at: dates.moment(blocked.at) })}>
      {told(text, blocked.reason)}
    </Note>
  )
}
