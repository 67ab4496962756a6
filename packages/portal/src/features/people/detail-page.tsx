import { Stack } from '@mantine/core'
import type { Person } from '@scel/contract/values'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMay, useMe } from '../../lib/desk/index.ts'
import { told, useText, When } from '../../lib/languages/index.ts'
import { BackLink, Held, SignsInWith } from '../../lib/parts/index.ts'
import { Facts, Note, Page, Section, Tag } from '../../ui/index.ts'
import { PersonActions } from './actions.tsx'
import { personQuery } from './api.ts'
import { GiveGrant } from './give-grant.tsx'
import { Grants } from './grants.tsx'
import { LinkState } from './link-state.tsx'
import { STATE_TONES } from './model.ts'

const route = getRouteApi('/shell/people/$id')

export function PersonPage(): ReactNode {
  const text = useText()
  const { id } = route.useParams()
  const query = useQuery(personQuery(id))
  return (
    <Page
      title={query.data ? told(text, query.data.name) : text('person.title')}
      lead={query.data && (query.data.email ?? text('people.noAddress'))}
      above={<BackLink to="/people">{text('people.title')}</BackLink>}
    >
      <Held query={query}>{(person) => <Detail person={person} />}</Held>
    </Page>
  )
}

function Detail({ person }: { person: Person }): ReactNode {
  const text = useText()
  const { person: me } = useMe()
  const [invites, gives, ends] = [useMay('invite_people'), useMay('give_grants'), useMay('end_grants')]
  const { id, state, organisation, signIn, lastSignInAt, createdAt } = person
  const self = id === me.id
  const open = state !== 'disabled' && !self
  return (
    <Stack gap="lg">
      <Section title={text('person.facts')} aside={invites ? <PersonActions person={person} self={self} /> : null}>
        <Facts
          facts={[
            {
              name: text('people.state'),
              value: (
                <div>
                  <Tag tone={STATE_TONES[state]}>{text(`people.state.${state}`)}</Tag>
                  <LinkState person={person} />
                </div>
              ),
            },
            {
              name: text('person.organisation'),
              value: organisation ? `${organisation.code} · ${organisation.name}` : null,
            },
            {
              name: text('people.signIn'),
              value: signIn ? <SignsInWith by={signIn} /> : null,
            },
            { name: text('people.lastSignIn'), value: lastSignInAt ? <When at={lastSignInAt} as="ago" /> : null },
            { name: text('person.invitedAt'), value: <When at={createdAt} as="date" /> },
          ]}
        />
      </Section>
      <Section title={text('person.roles')}>
        <Grants person={person} ends={ends && open} />
        {self && gives ? <Note tone="info">{text('person.rolesOwn')}</Note> : null}
      </Section>
      {gives && open ? (
        <Section title={text('person.give')}>
          <GiveGrant person={person} />
        </Section>
      ) : null}
    </Stack>
  )
}
