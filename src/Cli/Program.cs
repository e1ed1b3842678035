using PosteRestante.Cli.Commands;

return await PosteCommands.Create().Parse(args).InvokeAsync();
