using PosteRestante.Protocols.Msrp;

namespace PosteRestante.SipStack.Msrp;

/// <summary>Writes what the requests of a peer are answered with.</summary>
internal sealed class MsrpReplies(MsrpEndpoint endpoint, MsrpConnection connection, MsrpOutput output)
{
    /// <summary>Writes a response, if one is wanted (RFC 4975 7.2): <c>no</c> asks for none, <c>partial</c> for errors only.</summary>
    public void WriteAnswer(
        ReadOnlySpan<byte> transactionId,
        ReadOnlySpan<byte> fromPath,
        ReadOnlySpan<byte> localPath,
        MsrpFailureReport failureReport,
        int status)
    {
        if (status != MsrpStatusCode.Ok)
        {
            endpoint.Instruments.RequestRefused(status);
        }

        bool isWanted = failureReport == MsrpFailureReport.Yes
            || (failureReport == MsrpFailureReport.Partial && status != MsrpStatusCode.Ok);
        if (isWanted && !connection.IsOver && !fromPath.IsEmpty && !localPath.IsEmpty)
        {
            MsrpFrameWriter.WriteResponse(
                output.BeginFrame(), transactionId, status, MsrpPath.Leftmost(fromPath), localPath);
            connection.Wake();
        }
    }

    /// <summary>Writes the success REPORT of a whole message (RFC 4975 7.1.2).</summary>
    public void WriteReport(
        ReadOnlySpan<byte> toPath, ReadOnlySpan<byte> localPath, ReadOnlySpan<byte> messageId, long length)
    {
        if (connection.IsOver)
        {
            return;
        }

        Span<byte> transaction = stackalloc byte[MsrpIdentifiers.TransactionIdLength];
        MsrpIdentifiers.Format(endpoint.Identifiers.NextTransaction(), transaction);
        MsrpFrameWriter.WriteReport(
            output.BeginFrame(), transaction, toPath, localPath, messageId, MsrpByteRange.Whole(length), MsrpStatusCode.Ok);
        connection.Wake();
    }
}
