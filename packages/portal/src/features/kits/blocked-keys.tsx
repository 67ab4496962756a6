import { Group, Stack, Text } from '@mantine/core'
import { listBlockedApplicants } from '@scel/contract/routes'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { call } from '../../lib/desk/index.ts'
import { useDates, useText } from '../../lib/languages/index.ts'
import { CopyHex, LiftBlock } from '../../lib/parts/index.ts'
import { Section } from '../../ui/index.ts'

/** The applicant keys whose requests are refused; nothing while there are none. */
export function BlockedKeys(): ReactNode {
  const text = useText()
  const dates = useDates()
  const { data } = useQuery({
    queryKey: ['request', 'blocked'],
    queryFn: ({ signal }) => call(listBlockedApplicants, {}, signal),
  })
  if (!data || data.items.length === 0) return null
  return (
    <Section title={text('kits.blockedKeys')}>
      <Stack gap="md">
        {data.items.map((block) => {
          const { applicant, at, by, reason, organisation, mayLift } = block
          return (
            <Group key={`${applicant} ${organisation ?? ''}`} justify="space-between" gap="xs">
              <div>
                <CopyHex value={applicant} />
                <Text size="sm">{reason}</Text>
                <Text size="xs" c="dimmed">
                  {text('request.blocked', { by, at: dates.moment(at) })}
                </Text>
              </div>
              {mayLift ? <LiftBlock {...block} /> : null}
            </Group>
          )
        })}
      </Stack>
    </Section>
  )
}
