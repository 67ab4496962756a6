import { Container, Tooltip } from '@mantine/core'
import { IconMapOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useText } from '../lib/languages/index.ts'
import { ButtonLink } from '../lib/parts/index.ts'
import { Empty, Page } from '../ui/index.ts'

export function NotFoundPage(): ReactNode {
  const text = useText()
  return (
    <Container component="main" size="sm" py="xl">
      <Page title={text('error.notFound')}>
        <Empty icon={<IconMapOff />} title="404" text={text('error.notFoundText')}>
          <Tooltip label={text('error.homeTooltip')}>
            <ButtonLink to="/requests" search={{}} variant="light" mt="sm">
              {text('error.home')}
            </ButtonLink>
          </Tooltip>
        </Empty>
      </Page>
    </Container>
  )
}
