namespace PosteRestante.Grains.Messages;

/// <summary>What a <see cref="DeferredMessage"/> is made with. Opaque outside the grains.</summary>
public sealed class MessageServices
{
    internal MessageServices(MessageContext context) => Context = context;

    internal MessageContext Context { get; }
}
