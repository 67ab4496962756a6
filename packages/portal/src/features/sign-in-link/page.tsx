import { Button, Paper, Stack, Text, Tooltip } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useLinkToken } from '../../lib/desk/index.ts'
import { useText, When } from '../../lib/languages/index.ts'
import { ButtonLink, DoorFrame, Held, RefusalNote } from '../../lib/parts/index.ts'
import { Facts, Note } from '../../ui/index.ts'
import { linkQuery, spend } from './api.ts'

/** Whom the link signs in, and the button that does it: looking at this page spends nothing. */
export function SignInLinkPage(): ReactNode {
  const text = useText()
  const token = useLinkToken('/sign-in-link')
  return (
    <DoorFrame title={text('signInLink.title')} lead={text('signInLink.lead')}>
      {token ? <Link key={token} token={token} /> : <Incomplete />}
    </DoorFrame>
  )
}

function Link({ token }: { token: string }): ReactNode {
  const text = useText()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const query = useQuery(linkQuery(token))
  const entering = useMutation({
    mutationFn: () => spend(token),
    onSuccess: async () => {
      queries.clear()
      await navigate({ to: '/', replace: true })
    },
  })
  return (
    <Held query={query}>
      {({ name, email, environment, expiresAt }) => (
        <Stack gap="md">
          <Paper component="section" aria-label={text('signInLink.for')} bg="var(--scel-quiet)" p="md">
            <Facts
              facts={[
                { name: text('invitation.name'), value: <strong>{name}</strong> },
                { name: text('invitation.email'), value: email },
                { name: text('invitation.environment'), value: text(`environment.${environment}`) },
                { name: text('invitation.until'), value: <When at={expiresAt} /> },
              ]}
            />
          </Paper>
          <Text size="sm">{text('signInLink.looks')}</Text>
          <Text size="xs" c="dimmed">
            {text('signInLink.notYou')}
          </Text>
          <RefusalNote error={entering.error} />
          <Tooltip label={text('signInLink.actionTooltip')}>
            <Button
              size="md"
              loading={entering.isPending}
              leftSection={<IconEye size={20} aria-hidden />}
              onClick={() => entering.mutate()}
            >
              {text('signInLink.action')}
            </Button>
          </Tooltip>
        </Stack>
      )}
    </Held>
  )
}

function Incomplete(): ReactNode {
  const text = useText()
  return (
    <>
      <Note tone="notice" title={text('signInLink.noToken')}>
        {text('signInLink.noTokenText')}
      </Note>
      <Tooltip label={text('invitation.toSignInTooltip')}>
        <ButtonLink to="/sign-in" search={{}} variant="default" mt="md">
          {text('invitation.toSignIn')}
        </ButtonLink>
      </Tooltip>
    </>
  )
}
