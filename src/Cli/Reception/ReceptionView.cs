using PosteRestante.Client.Retrieval;
using PosteRestante.Client.Retrieval.Large;

namespace PosteRestante.Cli.Reception;

/// <summary>Shows messages as they are received: to a terminal with bars, else by plain lines, or as JSON.</summary>
internal abstract class ReceptionView
{
    /// <summary>The view for where output goes.</summary>
    /// <param name="json">Whether a program reads it.</param>
    public static ReceptionView Choose(bool json) =>
        json ? new JsonReception()
        : Console.IsErrorRedirected || Console.IsOutputRedirected ? new PlainReception()
        : new LiveReception();

    /// <summary>Runs what receives, while this shows what comes.</summary>
    public virtual Task<T> RunAsync<T>(Func<Task<T>> receive) => receive();

    /// <summary>Shows a message.</summary>
    public abstract void Show(RetrievedMessage message);

    /// <summary>Shows a remark.</summary>
    public virtual void Say(string text) => Console.Error.WriteLine(text);

    /// <summary>Shows how far a large message has come.</summary>
    public abstract void Report(BodyProgress progress);
}
