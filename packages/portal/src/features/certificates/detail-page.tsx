import { Button, Stack, Text, Tooltip } from '@mantine/core'
import type { CertificateDetail } from '@scel/contract/values'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useText } from '../../lib/languages/index.ts'
import { BackLink, Chain, Compromise, Held, Revoke } from '../../lib/parts/index.ts'
import { Page, Section } from '../../ui/index.ts'
import { certificateQuery, FORMS, fileAddress } from './api.ts'
import { IdentityFacts, TechnicalFacts } from './detail-facts.tsx'
import classes from './detail-page.module.css'
import { MadeWith } from './made-with.tsx'
import { StatusTag } from './status-tag.tsx'
import { ValiditySection } from './validity-section.tsx'

const route = getRouteApi('/shell/certificates/$id')

export function CertificatePage(): ReactNode {
  const text = useText()
  const { id } = route.useParams()
  const query = useQuery(certificateQuery(id))
  const certificate = query.data
  return (
    <Page
      title={certificate?.commonName ?? text('request.certificate')}
      mark={certificate ? <StatusTag status={certificate.status} /> : null}
      lead={certificate?.organisation?.name}
      above={<BackLink to="/certificates">{text('certificate.toList')}</BackLink>}
      actions={
        certificate ? (
          <>
            <Downloads certificate={certificate} />
            {certificate.may.revoke ? (
              <Revoke certificate={certificate.id} name={certificate.commonName} needs={certificate.may.revokeNeeds} />
            ) : null}
            {certificate.may.compromise ? (
              <Compromise
                certificate={certificate.id}
                name={certificate.commonName}
                needs={certificate.may.revokeNeeds}
              />
            ) : null}
          </>
        ) : null
      }
    >
      <Held query={query}>
        {(certificate) => (
          <Stack gap="lg">
            <ValiditySection certificate={certificate} />
            <MadeWith certificate={certificate} />
            <div className={classes.columns}>
              <Stack gap="lg" miw={0}>
                <Section title={text('certificate.identity')}>
                  <IdentityFacts certificate={certificate} />
                </Section>
                <Section title={text('certificate.technical')}>
                  <TechnicalFacts certificate={certificate} />
                </Section>
              </Stack>
              <Section title={text('certificate.chain')}>
                <Chain
                  label={text('certificate.chainDrawn')}
                  links={certificate.chain}
                  note={text('certificate.this')}
                />
              </Section>
            </div>
          </Stack>
        )}
      </Held>
    </Page>
  )
}

function Downloads({ certificate }: { certificate: CertificateDetail }): ReactNode {
  const text = useText()
  return (
    <>
      {FORMS.map((form) => (
        <Tooltip key={form} label={text(`certificate.download.${form}Tooltip`)}>
          <Button
            component="a"
            href={fileAddress(certificate.id, form)}
            download
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden />}
          >
            <Text span inherit>
              {text(`certificate.download.${form}`)}
            </Text>
          </Button>
        </Tooltip>
      ))}
    </>
  )
}
