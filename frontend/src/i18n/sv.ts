import type { Texts } from './fi';
import { app } from './sv/app';
import { components } from './sv/components';
import { problems } from './sv/problems';
import { ui } from './sv/ui';

export const sv: Texts = { app, components, problems, ui };
