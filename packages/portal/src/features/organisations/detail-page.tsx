import { Group, Stack, Tooltip } from '@mantine/core'
import type { Organisation } from '@scel/contract/values'
import { type Icon, IconPackage, IconUserPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useIntl } from 'react-intl'
import { useMay } from '../../lib/desk/index.ts'
import { useText, When } from '../../lib/languages/index.ts'
import { BackLink, ButtonLink, Copy, Held, PageLink } from '../../lib/parts/index.ts'
import { Facts, Page, Section } from '../../ui/index.ts'
import { organisationQuery } from './api.ts'
import classes from './detail-page.module.css'
import { spacedSiren } from './model.ts'
import { Names } from './names.tsx'
import { Services } from './services.tsx'

const route = getRouteApi('/shell/organisations/$id')

export function OrganisationPage(): ReactNode {
  const text = useText()
  const { id } = route.useParams()
  const query = useQuery(organisationQuery(id))
  return (
    <Page
      title={query.data?.name ?? text('nav.organisation')}
      lead={query.data?.code}
      above={<BackLink to="/organisations">{text('organisation.toList')}</BackLink>}
    >
      <Held query={query}>{(organisation) => <Detail organisation={organisation} />}</Held>
    </Page>
  )
}

function Detail({ organisation }: { organisation: Organisation }): ReactNode {
  const text = useText()
  const [invites, makes] = [useMay('invite_people'), useMay('make_kits')]
  const { id, code, name, country, siren, createdAt, counts } = organisation
  return (
    <Stack gap="lg">
      <Section title={text('organisation.figures')}>
        <ul className={classes.figures}>
          <Figure count={counts.pending} label={text('organisations.pending')}>
            <PageLink to="/requests" search={{ organisation: id }} size="sm">
              {text('organisation.seeRequests')}
            </PageLink>
          </Figure>
          <Figure count={counts.certificates} label={text('organisations.certificates')}>
            <PageLink to="/certificates" search={{ organisation: id }} size="sm">
              {text('organisation.seeCertificates')}
            </PageLink>
          </Figure>
          <Figure count={counts.managers} label={text('organisations.managers')} />
          <Figure count={counts.kits} label={text('organisations.kits')} />
        </ul>
      </Section>
      <Section title={text('organisation.facts')}>
        <Facts
          facts={[
            { name: text('organisations.code'), value: <Copy value={code} /> },
            { name: text('organisations.name'), value: name },
            { name: text('organisations.country'), value: country },
            {
              name: text('organisations.siren'),
              value: siren ? <Copy value={siren} shown={spacedSiren(siren)} /> : null,
            },
            { name: text('organisation.subject'), value: <Copy value={`OU=${code},O=${name},C=${country}`} /> },
            { name: text('organisations.created'), value: <When at={createdAt} /> },
          ]}
        />
      </Section>
      <Names organisation={organisation} />
      <Services organisation={organisation} />
      {invites || makes ? (
        <Section title={text('organisation.next')}>
          <Group gap="xs">
            {invites ? (
              <Next to="/people/new" organisation={id} tooltip={text('people.newTooltip')} icon={IconUserPlus}>
                {text('organisation.inviteManager')}
              </Next>
            ) : null}
            {makes ? (
              <Next to="/kits/new" organisation={id} tooltip={text('kits.newTooltip')} icon={IconPackage}>
                {text('organisation.buildKit')}
              </Next>
            ) : null}
          </Group>
        </Section>
      ) : null}
    </Stack>
  )
}

interface NextStep {
  readonly to: '/people/new' | '/kits/new'
  readonly organisation: string
  readonly tooltip: string
  readonly icon: Icon
  readonly children: ReactNode
}

function Next({ to, organisation, tooltip, icon: Sign, children }: NextStep): ReactNode {
  return (
    <Tooltip label={tooltip}>
      <ButtonLink to={to} search={{ organisation }} variant="default" leftSection={<Sign size={18} aria-hidden />}>
        {children}
      </ButtonLink>
    </Tooltip>
  )
}

function Figure({ count, label, children }: { count: number; label: string; children?: ReactNode }): ReactNode {
  const { formatNumber } = useIntl()
  return (
    <li>
      <span className={classes.count}>{formatNumber(count)}</span>
      <span className={classes.label}>{label}</span>
      {children}
    </li>
  )
}
