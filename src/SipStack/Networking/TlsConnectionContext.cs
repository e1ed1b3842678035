using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace PosteRestante.SipStack.Networking;

/// <summary>
/// A connection whose octets pass through TLS. It looks like the plain one, which it owns; that it is of this type says that
/// it is secure.
/// </summary>
public sealed class TlsConnectionContext : ConnectionContext, IDuplexPipe
{
    // A TLS record holds as much (RFC 8446 5.1).
    private const int RecordBytes = 16 * 1024;

    // What a peer that does not read may hold up the farewell.
    private static readonly TimeSpan FarewellTimeout = TimeSpan.FromSeconds(1);

    private readonly ConnectionContext _plain;
    private readonly SslStream _stream;
    private readonly TimeProvider _time;
    private bool _isAborted;
    private bool _isDisposed;

    internal TlsConnectionContext(ConnectionContext plain, SslStream stream, TimeProvider time)
    {
        _plain = plain;
        _stream = stream;
        _time = time;
        Input = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: RecordBytes, leaveOpen: true, useZeroByteReads: true));
        Output = PipeWriter.Create(stream, new StreamPipeWriterOptions(minimumBufferSize: RecordBytes, leaveOpen: true));
        ConnectionId = plain.ConnectionId;
        LocalEndPoint = plain.LocalEndPoint;
        RemoteEndPoint = plain.RemoteEndPoint;
        ConnectionClosed = plain.ConnectionClosed;
        Items = plain.Items;
        Transport = this;
    }

    /// <inheritdoc/>
    public PipeReader Input { get; }

    /// <inheritdoc/>
    public PipeWriter Output { get; }

    /// <inheritdoc/>
    public override string ConnectionId { get; set; }

    /// <inheritdoc/>
    public override IFeatureCollection Features => _plain.Features;

    /// <inheritdoc/>
    public override IDictionary<object, object?> Items { get; set; }

    /// <inheritdoc/>
    public override IDuplexPipe Transport { get; set; }

    /// <inheritdoc/>
    public override EndPoint? LocalEndPoint { get; set; }

    /// <inheritdoc/>
    public override EndPoint? RemoteEndPoint { get; set; }

    /// <inheritdoc/>
    public override void Abort(ConnectionAbortedException abortReason)
    {
        _isAborted = true;
        _plain.Abort(abortReason);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await Quietly(Input.CompleteAsync().AsTask());
        await Quietly(Output.CompleteAsync().AsTask());
        if (!_isAborted)
        {
            await Quietly(_stream.ShutdownAsync().WaitAsync(FarewellTimeout, _time)); // close_notify (RFC 8446 6.1)
        }

        await Quietly(_plain.Transport.Output.CompleteAsync().AsTask());
        await Quietly(_plain.Transport.Input.CompleteAsync().AsTask());
        await _stream.DisposeAsync();
        await _plain.DisposeAsync();
        await base.DisposeAsync();
    }

    // A peer that is gone takes no farewell.
    private static async Task Quietly(Task step)
    {
        try
        {
            await step;
        }
        catch (Exception gone) when (gone is IOException or InvalidOperationException or OperationCanceledException or TimeoutException)
        {
            // Nothing is left to do for it.
        }
    }
}
