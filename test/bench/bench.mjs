#!/usr/bin/env node
import { requireNodeApi } from '../../electron/hosts/node-guard.mjs';

requireNodeApi();
await import('./bench.ts');
