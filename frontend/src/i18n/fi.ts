import { app } from './fi/app';
import { components } from './fi/components';
import { problems } from './fi/problems';
import { ui } from './fi/ui';

/** All texts in Finnish. This is the type that the other languages must have. */
export const fi = { app, components, problems, ui };

export type Texts = typeof fi;
