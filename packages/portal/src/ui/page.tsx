import { Box, Group, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import classes from './page.module.css'

interface PageProps {
  readonly title: string
  /** Beside the title: a state. */
  readonly mark?: ReactNode
  readonly lead?: ReactNode
  readonly above?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** Title, what the page is for, what can be done on it, and its content. */
export function Page({ title, mark, lead, above, actions, children }: PageProps): ReactNode {
  useDocumentTitle(`${title} · Scel`)
  return (
    <Stack gap="lg" className={classes.page}>
      <Box>
        {above ? <Box mb="xs">{above}</Box> : null}
        <Group justify="space-between" align="flex-start" gap="md">
          <Box className={classes.heading}>
            <Group gap="sm" align="center">
              <Title order={1} tabIndex={-1} className={classes.title}>
                {title}
              </Title>
              {mark}
            </Group>
            {lead ? (
              <Text c="dimmed" mt={6} maw="44rem" size="sm">
                {lead}
              </Text>
            ) : null}
          </Box>
          {actions ? <Group gap="xs">{actions}</Group> : null}
        </Group>
      </Box>
      {children}
    </Stack>
  )
}
