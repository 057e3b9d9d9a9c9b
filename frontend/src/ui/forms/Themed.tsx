import type { ReactNode } from 'react';
import { SuomifiThemeProvider, type PartialSuomifiTheme } from 'suomifi-ui-components';

// The design system's own theme, with our focus colour, flat surfaces and no shadows but a menu's.
const action = 'hsl(212 63% 45%)';
const actionDark = 'hsl(212 63% 37%)';

const theme: PartialSuomifiTheme = {
  colors: { accentSecondary: 'hsl(196 77% 36%)', depthDark3: 'hsl(201 7% 46%)' },
  gradients: {
    highlightBaseToHighlightDark1: action,
    highlightLight1ToHighlightBase: actionDark,
  },
  shadows: { wideBoxShadow: 'none', actionElementBoxShadow: 'none', panelShadow: 'none' },
};

/**
 * Puts our tokens under the design system. Each of our wrappers brings it, so that a page without
 * a form loads nothing of it.
 */
export function Themed({ children }: { children: ReactNode }) {
  return <SuomifiThemeProvider theme={theme}>{children}</SuomifiThemeProvider>;
}
