using System.Net;
using PosteRestante.Protocols.Msrp;
using PosteRestante.SipEdge.Delivery;

namespace PosteRestante.SipEdge.Tests.Delivery;

public sealed class OutboundPolicyTests
{
    private static readonly IPAddress Peer = IPAddress.Parse("192.0.2.7");

    [Theory]
    [InlineData("msrp://192.0.2.7:7777/abcd;tcp", "192.0.2.7:7777")]
    [InlineData("msrp://192.0.2.7/abcd;tcp", "192.0.2.7:2855")]
    [InlineData("msrp://10.1.2.3:7777/abcd;tcp", "10.1.2.3:7777")]
    [InlineData("msrp://192.0.2.8:7777/abcd;tcp", null)]
    [InlineData("msrp://127.0.0.1:7777/abcd;tcp", null)]
    [InlineData("msrp://client.example.net:7777/abcd;tcp", null)]
    public void Judge_AddressInThePath_IsThePeersOrAListedOne(string path, string? expected)
    {
        MsrpPath.TryParse(path, out var parsed).ShouldBeTrue();

        var judged = new OutboundPolicy(new DeliveryOptions { ConnectTo = { "10.1.0.0/16" } }).Judge(parsed!, Peer);

        Convert.ToString(judged, System.Globalization.CultureInfo.InvariantCulture).ShouldBe(expected ?? string.Empty);
    }
}
