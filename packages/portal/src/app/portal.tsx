import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { newQueryClient } from '../lib/desk/index.ts'
import { Speech } from '../lib/languages/index.ts'
import { cssVariables, theme } from '../ui/index.ts'
import { createPortalRouter } from './routes.tsx'

const colourScheme = localStorageColorSchemeManager({ key: 'scel-colour-scheme' })

/** The whole portal: look, words, data, pages. */
export function Portal(): ReactNode {
  const [queries] = useState(newQueryClient)
  const [router] = useState(() => createPortalRouter(queries))
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colourScheme}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queries}>
        <Speech>
          <Notifications position="bottom-right" autoClose={5000} />
          <RouterProvider router={router} />
        </Speech>
      </QueryClientProvider>
    </MantineProvider>
  )
}
