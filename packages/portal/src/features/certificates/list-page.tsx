import { NativeSelect, Text } from '@mantine/core'
import type { CertificateSummary } from '@scel/contract/values'
import { IconCertificate } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { useOnlyOrganisation, useReach } from '../../lib/desk/index.ts'
import { type Text as Say, type TitleText, useText, useTitle, When } from '../../lib/languages/index.ts'
import {
  Filters,
  Listing,
  nameParts,
  OrganisationSelect,
  PageLink,
  ProfileSelect,
  ServiceSelect,
} from '../../lib/parts/index.ts'
import { type Column, Empty, Page } from '../../ui/index.ts'
import { certificatesQuery } from './api.ts'
import classes from './list-page.module.css'
import { type CertificateSearch, parseCertificateSearch, STATUSES } from './model.ts'
import { StatusTag } from './status-tag.tsx'

const route = getRouteApi('/shell/certificates')

export function CertificatesPage(): ReactNode {
  const text = useText()
  const title = useTitle()
  const reach = useReach('read_certificates')
  const everywhere = reach === 'environment'
  const only = useOnlyOrganisation('read_certificates')
  const filters = route.useSearch()
  const navigate = route.useNavigate()
  const query = useInfiniteQuery(certificatesQuery(filters))
  const filtered = Object.keys(filters).length > 0
  const set = (change: { [K in keyof CertificateSearch]?: string }) =>
    navigate({ search: (before) => parseCertificateSearch({ ...before, ...change }), replace: true })
  const clear = () => void navigate({ search: {}, replace: true })
  const columns = useMemo(() => columnsOf(text, title), [text, title])
  return (
    <Page
      title={text('certificates.title')}
      lead={text(everywhere ? 'certificates.lead' : reach === 'own' ? 'certificates.leadOwn' : 'certificates.leadPart')}
    >
      <Filters
        search={filters.search ?? ''}
        placeholder={text('certificates.searchPlaceholder')}
        onSearch={(search) => void set({ search })}
        active={filtered}
        onClear={clear}
      >
        <NativeSelect
          label={text('certificates.status')}
          value={filters.status ?? ''}
          onChange={({ currentTarget }) => void set({ status: currentTarget.value })}
          data={[
            { value: '', label: text('list.all') },
            ...STATUSES.map((value) => ({ value, label: text(`certificates.status.${value}`) })),
          ]}
        />
        {everywhere && (
          <>
            <ProfileSelect
              label={text('certificates.profile')}
              value={filters.profile ?? ''}
              onChange={(profile) => void set({ profile })}
            />
            <OrganisationSelect
              as="filter"
              value={filters.organisation ?? ''}
              onChange={(organisation) => void set({ organisation, service: '' })}
            />
          </>
        )}
        <ServiceSelect
          as="filter"
          organisation={filters.organisation ?? only ?? ''}
          value={filters.service ?? ''}
          onChange={(service) => void set({ service })}
        />
      </Filters>
      <Listing
        query={query}
        label={text('certificates.list')}
        columns={columns}
        rowKey={({ id }) => id}
        clear={filtered ? clear : undefined}
        empty={
          <Empty icon={<IconCertificate />} title={text('certificates.none')} text={text('certificates.noneText')} />
        }
      />
    </Page>
  )
}

/** The rest of the name: the common name stands above it. Spaces let it wrap between its parts. */
const withoutCommonName = (subject: string): string =>
  nameParts(subject)
    .filter((part) => !part.startsWith('CN='))
    .join(' ')

function columnsOf(text: Say, title: TitleText): readonly Column<CertificateSummary>[] {
  return [
    {
      key: 'name',
      header: text('certificates.name'),
      narrow: 'heading',
      wide: true,
      cell: ({ id, commonName, subject }) => (
        <div>
          <PageLink to="/certificates/$id" params={{ id }} className={classes.name}>
            {commonName}
          </PageLink>
          <Text className={classes.subject}>{withoutCommonName(subject)}</Text>
        </div>
      ),
    },
    {
      key: 'status',
      header: text('certificates.status'),
      narrow: 'corner',
      still: true,
      cell: ({ status }) => <StatusTag status={status} />,
    },
    {
      key: 'profile',
      header: text('certificates.profile'),
      still: true,
      cell: ({ profile }) => title(profile.title),
    },
    {
      key: 'organisation',
      header: text('certificates.organisation'),
      cell: ({ organisation, service }) =>
        organisation ? (
          <div>
            <span title={organisation.name}>{organisation.code}</span>
            {service ? <Text size="xs">{service.name}</Text> : null}
          </div>
        ) : null,
    },
    {
      key: 'until',
      header: text('certificates.validity'),
      still: true,
      cell: ({ notAfter }) => <When at={notAfter} as="date" />,
    },
    {
      key: 'serial',
      header: text('certificates.serial'),
      cell: ({ serial }) => (
        <span className={classes.serial} title={serial}>
          {serial.slice(0, 12)}…
        </span>
      ),
    },
  ]
}
