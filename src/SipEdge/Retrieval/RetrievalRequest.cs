using PosteRestante.Protocols.Sdp;

namespace PosteRestante.SipEdge.Retrieval;

/// <summary>What a retrieval INVITE asks for.</summary>
/// <param name="Offer">The offer; null when there is none: a late offer, which is not taken (DM-12.1.1-4).</param>
/// <param name="List">The messages it names; null for all (DM-12.1.1-2). A list that names nothing is not all (D5).</param>
internal sealed record RetrievalRequest(SdpSession? Offer, RetrievalList? List = null);
