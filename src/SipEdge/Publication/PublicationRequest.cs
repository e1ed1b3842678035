using PosteRestante.Grains.Interfaces.Settings;

namespace PosteRestante.SipEdge.Publication;

/// <summary>A PUBLISH that is well formed.</summary>
/// <param name="Package">The event package.</param>
/// <param name="Expires">Its lifetime; zero for a removal.</param>
/// <param name="Settings">What the settings are asked.</param>
internal sealed record PublicationRequest(string Package, TimeSpan Expires, PublishSettings Settings);
