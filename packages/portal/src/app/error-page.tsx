import { Button, Container, Tooltip } from '@mantine/core'
import type { ErrorComponentProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useText } from '../lib/languages/index.ts'
import { RefusalNote } from '../lib/parts/index.ts'
import { Page } from '../ui/index.ts'

/** A page that failed as a whole. */
export function ErrorPage({ error }: ErrorComponentProps): ReactNode {
  const text = useText()
  return (
    <Container component="main" size="sm" py="xl">
      <Page title={text('error.page')}>
        <RefusalNote error={error} />
        <Tooltip label={text('error.reloadTooltip')}>
          <Button variant="default" w="fit-content" onClick={() => location.reload()}>
            {text('error.reload')}
          </Button>
        </Tooltip>
      </Page>
    </Container>
  )
}
