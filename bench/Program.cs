using PosteRestante.Bench;

return BenchCommand.Run(args, Console.Out);
