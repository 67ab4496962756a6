import { Button, Group, Stack, Text, Tooltip } from '@mantine/core'
import type { Organisation, Service } from '@scel/contract/values'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useMay, useReachesWhole } from '../../lib/desk/index.ts'
import { useDates, useText } from '../../lib/languages/index.ts'
import { Held, PageLink, servicesQuery } from '../../lib/parts/index.ts'
import { Section, Tag } from '../../ui/index.ts'
import { addService, rename } from './api.ts'
import { CloseService } from './close-service.tsx'
import { ServiceForm } from './service-form.tsx'
import classes from './services.module.css'

/** The parts of an organisation that somebody may be granted for alone: read by whoever sees them, kept by whoever has all of it. */
export function Services({ organisation }: { organisation: Organisation }): ReactNode {
  const text = useText()
  const [adding, add] = useState(false)
  const whole = useReachesWhole('keep_services', organisation.id)
  const keeps = useMay('keep_services') && whole
  const query = useQuery(servicesQuery(organisation.id))
  const button = (
    <Tooltip label={text('services.newTooltip')}>
      <Button variant="default" size="xs" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => add(true)}>
        {text('services.new')}
      </Button>
    </Tooltip>
  )
  return (
    <Section title={text('services.title')} aside={keeps && !adding ? button : null}>
      <Stack gap="md">
        {adding ? (
          <ServiceForm
            organisation={organisation.id}
            save={(name) => addService(organisation.id, name)}
            saved={(name) => text('services.added', { name })}
            onDone={() => add(false)}
          />
        ) : null}
        <Held query={query}>
          {(services) =>
            services.length === 0 ? (
              <Text size="sm">{text(keeps ? 'services.none' : 'services.noneReader')}</Text>
            ) : (
              <Stack component="ul" gap={0} className={classes.list} aria-label={text('services.title')}>
                {services.map((service) => (
                  <li key={service.id} className={classes.service}>
                    <One service={service} keeps={keeps} />
                  </li>
                ))}
              </Stack>
            )
          }
        </Held>
      </Stack>
    </Section>
  )
}

function One({ service, keeps }: { service: Service; keeps: boolean }): ReactNode {
  const text = useText()
  const dates = useDates()
  const [renaming, setRenaming] = useState(false)
  const { id, organisation, name, createdAt, closedAt } = service
  if (renaming) {
    return (
      <ServiceForm
        organisation={organisation}
        name={name}
        save={(next) => rename(organisation, id, next)}
        saved={(next) => text('services.renamed', { name: next })}
        onDone={() => setRenaming(false)}
      />
    )
  }
  return (
    <Group justify="space-between" align="flex-start" gap="xs">
      <div className={classes.what}>
        <Group gap="xs">
          <Text size="sm" fw={600}>
            {name}
          </Text>
          {closedAt ? <Tag tone="neutral">{text('services.closedTag')}</Tag> : null}
        </Group>
        <Text size="xs" c="dimmed">
          {closedAt
            ? text('services.closedSince', { at: dates.date(closedAt) })
            : text('services.since', { at: dates.date(createdAt) })}
        </Text>
        <Group gap="md" mt={4}>
          <PageLink
            to="/requests"
            search={{ organisation, service: id }}
            size="sm"
            aria-label={text('services.seeRequests', { name })}
          >
            {text('services.requests')}
          </PageLink>
          <PageLink
            to="/certificates"
            search={{ organisation, service: id }}
            size="sm"
            aria-label={text('services.seeCertificates', { name })}
          >
            {text('services.certificates')}
          </PageLink>
        </Group>
      </div>
      {keeps ? (
        <Group gap="xs">
          <Tooltip label={text('services.renameTooltip')}>
            <Button
              size="compact-sm"
              variant="subtle"
              aria-label={text('services.renameOf', { name })}
              onClick={() => setRenaming(true)}
            >
              {text('services.rename')}
            </Button>
          </Tooltip>
          {closedAt ? null : <CloseService service={service} />}
        </Group>
      ) : null}
    </Group>
  )
}
