import type { Texts } from './fi';
import { app } from './en/app';
import { components } from './en/components';
import { problems } from './en/problems';
import { ui } from './en/ui';

export const en: Texts = { app, components, problems, ui };
