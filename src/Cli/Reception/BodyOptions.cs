using System.CommandLine;
using PosteRestante.Client.Retrieval.Large;

namespace PosteRestante.Cli.Reception;

/// <summary>The options of verbs that receive: where large bodies go, and how large they may be.</summary>
internal sealed class BodyOptions
{
    /// <summary>Messages up to this go to the output and not to a file.</summary>
    public const int MaxInMemory = 64 * 1024;

    private readonly Option<string> _folder = new("--folder")
    {
        Description = "The folder that bodies of more than 64 KiB are written to, each named after its message's key; made when it is needed.",
        DefaultValueFactory = _ => "received",
    };

    private readonly Option<long> _maxSize = new("--max-size")
    {
        Description = "The largest message taken, in octets. Larger ones stay in the mailbox.",
        DefaultValueFactory = _ => 4L * 1024 * 1024 * 1024,
    };

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_folder);
        command.Options.Add(_maxSize);
    }

    /// <summary>What they say.</summary>
    /// <exception cref="UsageException">The size cannot be one.</exception>
    public BodyFolder Read(ParseResult parsed, ReceptionView view)
    {
        var maxSize = parsed.GetValue(_maxSize);
        return maxSize >= MaxInMemory
            ? new BodyFolder { Path = Path.GetFullPath(parsed.GetValue(_folder)!), MaxOctets = maxSize, Progress = view.Report }
            : throw new UsageException($"--max-size is {maxSize} but must be at least {MaxInMemory}.");
    }
}
