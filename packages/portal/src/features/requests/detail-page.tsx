import { Group, Stack, Text } from '@mantine/core'
import type { RequestDetail } from '@scel/contract/values'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useText } from '../../lib/languages/index.ts'
import { BackLink, Held, PageLink, Revoke } from '../../lib/parts/index.ts'
import { Note, Page, Section } from '../../ui/index.ts'
import { requestQuery } from './api.ts'
import { ApplicantKey } from './applicant-key.tsx'
import { Decision } from './decision.tsx'
import { ContactFacts, CsrFacts, MachineFacts, SubjectFacts } from './detail-facts.tsx'
import classes from './detail-page.module.css'
import { Findings } from './findings.tsx'
import { HandOver } from './hand-over.tsx'
import { isForMachine, isUnsigned } from './model.ts'
import { StateTag } from './state-tag.tsx'
import { RequestTimeline } from './timeline.tsx'

const route = getRouteApi('/shell/requests/$number')

export function RequestPage(): ReactNode {
  const text = useText()
  const number = Number(route.useParams().number)
  const query = useQuery(requestQuery(number))
  const request = query.data
  return (
    <Page
      title={text('request.title', { number })}
      mark={request ? <StateTag state={request.state} /> : null}
      lead={request ? titleOf(request) : null}
      above={<BackLink to="/requests">{text('request.toList')}</BackLink>}
      actions={
        request?.may.revoke && request.certificate ? (
          <Revoke
            certificate={request.certificate.id}
            name={request.hostName || request.commonName}
            needs={request.may.revokeNeeds}
          />
        ) : null
      }
    >
      <Held query={query}>{(request) => <Detail request={request} />}</Held>
    </Page>
  )
}

const titleOf = ({ hostName, commonName, organisation }: RequestDetail): string =>
  [hostName || commonName, organisation?.name].filter(Boolean).join(' · ')

function Detail({ request }: { request: RequestDetail }): ReactNode {
  const text = useText()
  return (
    <Stack gap="lg">
      <Decision request={request} />
      {isUnsigned(request) ? (
        <Note tone="info" title={text('request.unsignedTitle')}>
          {text(isForMachine(request) ? 'request.unsignedText' : 'request.unsignedOther')}
        </Note>
      ) : null}
      <Conflicts numbers={request.conflicting} />
      <HandOver request={request} />
      <div className={classes.columns}>
        <Stack gap="lg" miw={0}>
          <Section title={text('request.findings')}>
            <Findings findings={request.findings} />
          </Section>
          <Section title={text('request.asked')}>
            <SubjectFacts request={request} />
          </Section>
          {isForMachine(request) || request.from !== undefined ? (
            <Section title={text(isForMachine(request) ? 'request.machine' : 'request.cameFrom')}>
              <MachineFacts request={request} />
            </Section>
          ) : null}
          <Section title={text('request.csr')}>
            {request.csr ? <CsrFacts csr={request.csr} /> : <Text size="sm">{text('request.csrNone')}</Text>}
          </Section>
        </Stack>
        <Stack gap="lg" miw={0}>
          <Section title={text('request.timeline')}>
            <RequestTimeline request={request} />
          </Section>
          <ApplicantKey request={request} />
          {request.contact || request.unreadable?.includes('contact') ? (
            <Section title={text('request.contact')}>
              {request.contact ? (
                <ContactFacts contact={request.contact} />
              ) : (
                <Text size="sm">{text('request.unreadable')}</Text>
              )}
            </Section>
          ) : null}
        </Stack>
      </div>
    </Stack>
  )
}

function Conflicts({ numbers }: { numbers: readonly number[] }): ReactNode {
  const text = useText()
  if (numbers.length === 0) return null
  return (
    <Note tone="notice" title={text('request.conflictTitle')}>
      {text('request.conflictText')}
      <Group gap="md" mt={6}>
        {numbers.map((number) => (
          <PageLink key={number} to="/requests/$number" params={{ number: String(number) }} underline="always">
            {text('request.title', { number })}
          </PageLink>
        ))}
      </Group>
    </Note>
  )
}
