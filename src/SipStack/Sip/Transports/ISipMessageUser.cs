using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipStack.Sip.Transports;

/// <summary>What stands above the transports: the transactions. Called on the loop.</summary>
internal interface ISipMessageUser
{
    /// <summary>A well formed request arrived.</summary>
    void OnRequest(SipMessage request, SipFlow flow, long receivedAt);

    /// <summary>A well formed response arrived.</summary>
    void OnResponse(SipMessage response, SipFlow flow);

    /// <summary>The connection of a flow is gone.</summary>
    void OnFlowLost(SipFlow flow);
}
