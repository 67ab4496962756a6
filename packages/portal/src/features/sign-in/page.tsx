import { Accordion, Button, List, Stack, Text, Title, Tooltip } from '@mantine/core'
import { IconCertificate } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { deskQuery } from '../../lib/desk/index.ts'
import { languageNow, useText } from '../../lib/languages/index.ts'
import { CopyHex, DoorFrame, RefusalNote } from '../../lib/parts/index.ts'
import { Note } from '../../ui/index.ts'
import { explainRefusal } from './model.ts'

const route = getRouteApi('/sign-in')

/** The door: one button, what it does, and what to do when the browser offers nothing. */
export function SignInPage(): ReactNode {
  const text = useText()
  const { refused, signedOut } = route.useSearch()
  const desk = useQuery(deskQuery)
  const mutual = desk.data?.services.mutual
  return (
    <DoorFrame title={text('signIn.title')} lead={text('signIn.lead')}>
      <Stack gap="lg">
        {refused ? <Refused code={refused} /> : null}
        {signedOut && !refused ? (
          <Note tone="good" role="status">
            {text('signIn.signedOut')}
          </Note>
        ) : null}
        <RefusalNote error={desk.error} title={text('signIn.unreachable')} again={() => void desk.refetch()} />
        {/* A navigation, not a script: only so does the browser offer its certificates. */}
        <form method="post" action={mutual ? `${mutual}/sign-in` : undefined}>
          <Tooltip label={text('signIn.tooltip')}>
            <Button
              type="submit"
              size="md"
              fullWidth
              disabled={!mutual}
              loading={desk.isPending}
              leftSection={<IconCertificate size={20} aria-hidden />}
            >
              {text('signIn.action')}
            </Button>
          </Tooltip>
        </form>
        <div>
          <Title order={2} size="h3" mb={6}>
            {text('signIn.how')}
          </Title>
          <List type="ordered" size="sm" spacing={4} c="dimmed">
            <List.Item>{text('signIn.how1')}</List.Item>
            <List.Item>{text('signIn.how2')}</List.Item>
            <List.Item>{text('signIn.how3')}</List.Item>
          </List>
        </div>
        <Accordion variant="contained" order={2}>
          <Accordion.Item value="none">
            <Accordion.Control>{text('signIn.none')}</Accordion.Control>
            <Accordion.Panel>
              <List size="sm" spacing="xs">
                <List.Item>{text('signIn.none1')}</List.Item>
                <List.Item>{text('signIn.none2')}</List.Item>
                <List.Item>{text('signIn.none3')}</List.Item>
                <List.Item>{text('signIn.none4')}</List.Item>
              </List>
            </Accordion.Panel>
          </Accordion.Item>
          {desk.data?.roots.map(({ environment, fingerprint }) => (
            <Accordion.Item key={environment} value={environment}>
              <Accordion.Control>
                {text('signIn.root', { environment: text(`environment.${environment}`) })}
              </Accordion.Control>
              <Accordion.Panel>
                <Text size="sm" c="dimmed" mb={4}>
                  {text('signIn.rootExplained')}
                </Text>
                <CopyHex value={fingerprint} />
              </Accordion.Panel>
            </Accordion.Item>
          ))}
        </Accordion>
        {desk.data ? (
          <Text size="xs" c="dimmed" ta="center">
            {text('signIn.desk', { name: desk.data.name })} · {desk.data.version}
          </Text>
        ) : null}
      </Stack>
    </DoorFrame>
  )
}

function Refused({ code }: { code: string }): ReactNode {
  const text = useText()
  const { says, hint } = explainRefusal(code, languageNow())
  return (
    <Note tone="bad" role="alert" title={text('signIn.refused')}>
      <Stack gap={6}>
        <Text size="sm">{'sentence' in says ? says.sentence : text(says.message)}</Text>
        {hint ? <Text size="sm">{hint}</Text> : null}
        <Text size="xs" ff="monospace" title={text('error.code')}>
          {code}
        </Text>
      </Stack>
    </Note>
  )
}
