using PosteRestante.Cli.Commands;
using PosteRestante.Client.Retrieval;
using PosteRestante.Client.Retrieval.Large;

namespace PosteRestante.Cli.Reception;

/// <summary>A line of JSON for each message.</summary>
internal sealed class JsonReception : ReceptionView
{
    /// <inheritdoc/>
    public override void Show(RetrievedMessage message) => Console.WriteLine(MessageText.ToJson(message));

    /// <inheritdoc/>
    public override void Report(BodyProgress progress)
    {
        // The message says where its body is.
    }
}
