namespace PosteRestante.Silo.Listeners;

/// <summary>The same for connections that are secure.</summary>
internal sealed class SipsStreamListener : SipStreamListener;
