import { Paper, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useText, When } from '../../lib/languages/index.ts'
import { Facts } from '../../ui/index.ts'
import type { Invitation } from './api.ts'

/** For whom the invitation is, so that the wrong person stops here. */
export function Who({ invitation }: { invitation: Invitation }): ReactNode {
  const text = useText()
  const { organisation, unnamed, adds } = invitation
  return (
    <Paper component="section" aria-label={text('invitation.for')} bg="var(--scel-quiet)" p="md" mb="xl">
      <Facts
        facts={[
          ...(unnamed
            ? []
            : [
                { name: text('invitation.name'), value: <strong>{invitation.name}</strong> },
                { name: text('invitation.email'), value: invitation.email },
              ]),
          ...(adds === undefined ? [] : [{ name: text('invitation.adds'), value: adds }]),
          { name: text('invitation.role'), value: text(invitation.role ? `role.${invitation.role}` : 'role.none') },
          {
            name: text('invitation.organisation'),
            value: organisation ? `${organisation.code} · ${organisation.name}` : null,
          },
          { name: text('invitation.environment'), value: text(`environment.${invitation.environment}`) },
          { name: text('invitation.until'), value: <When at={invitation.expiresAt} /> },
          { name: text('invitation.validity'), value: text('invitation.days', { days: invitation.validityDays }) },
        ]}
      />
      {unnamed ? null : (
        <Text size="xs" c="dimmed" mt="sm">
          {text('invitation.notYou')}
        </Text>
      )}
    </Paper>
  )
}
