import { killedAtEveryStage } from './killedAtEveryStage.ts';

killedAtEveryStage('printer');
